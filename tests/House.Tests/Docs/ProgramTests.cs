using Waqtor.Silo.Commands;

namespace Waqtor.House.Tests.Docs;

public sealed class ProgramTests
{
    [Fact]
    public void Program_IsATableOfContents() => File.ReadLines(Repository.Path("src/Silo/Program.cs")).Count().ShouldBeLessThan(40);

    [Fact]
    public void CommandLine_Nothing_Runs() => CommandLine.Parse([]).Command.ShouldBe(Command.Run);

    [Theory]
    [InlineData("run", Command.Run)]
    [InlineData("demo", Command.Demo)]
    [InlineData("check-config", Command.CheckConfig)]
    [InlineData("config-doc", Command.ConfigDoc)]
    [InlineData("--help", Command.Help)]
    [InlineData("--version", Command.Version)]
    public void CommandLine_KnownWord_IsThatCommand(string word, Command command) => CommandLine.Parse([word]).Command.ShouldBe(command);

    [Theory]
    [InlineData("serve")]
    [InlineData("run", "stray")]
    [InlineData("run", "--Waqtor:DataPath")]
    [InlineData("-x")]
    public void CommandLine_UnknownWord_IsRefusedWithAReason(params string[] arguments)
    {
        var line = CommandLine.Parse(arguments);

        line.Command.ShouldBe(Command.Unknown);
        line.Error.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void CommandLine_Settings_ArePassedOn() =>
        CommandLine.Parse(["run", "--Waqtor:DataPath=x", "--urls", "http://localhost:1"]).Settings.ShouldBe(["--Waqtor:DataPath=x", "--urls", "http://localhost:1"]);
}
