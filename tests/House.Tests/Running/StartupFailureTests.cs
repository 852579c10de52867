using Microsoft.AspNetCore.Connections;
using Orleans.Runtime;
using Waqtor.Archive;
using Waqtor.Silo.Commands;

namespace Waqtor.House.Tests.Running;

public sealed class StartupFailureTests
{
    public static TheoryData<Exception> Foreseen => new(
        new StartupException("Why."), new ArchiveSchemaException("Why."), new OrleansConfigurationException("Why."));

    [Theory]
    [MemberData(nameof(Foreseen))]
    public void Explain_Foreseen_SaysItInASentence(Exception exception) => StartupFailure.Explain(exception)!.Reasons.ShouldBe(["Why."]);

    [Fact]
    public void Explain_ArchiveThatCannotBeUsed_NamesTheKey() =>
        StartupFailure.Explain(new ArchiveSettingsException("Path", "no."))!.Reasons.ShouldBe(["Waqtor:Archive:Path: no."]);

    [Fact]
    public void Explain_AddressInUse_SaysWhatToDo() =>
        StartupFailure.Explain(new IOException("Taken.", new AddressInUseException("taken")))!.Reasons.ShouldBe(["Taken. Stop the other program or set Waqtor:Urls."]);

    [Fact]
    public void Explain_Unforeseen_IsNull() => StartupFailure.Explain(new InvalidOperationException("?")).ShouldBeNull();
}
