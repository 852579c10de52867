using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Waqtor.House.Tests.Code;

public sealed class LogEventTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Projects => [.. OwnAssemblies.ByProject.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void LogEvents_OfAClass_HaveExplicitAndUniqueIds(string project)
    {
        var faults = Events(project).GroupBy(found => found.Method.DeclaringType!).SelectMany(type => type
            .GroupBy(found => found.Event.EventId)
            .Where(same => same.Key <= 0 || same.Count() > 1)
            .Select(same => $"{type.Key.FullName}: event {same.Key} for {string.Join(", ", same.Select(found => found.Method.Name))}"));

        faults.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Projects))]
    public void LogEvents_Templates_NameNoBodyTokenOrNumber(string project)
    {
        string[] forbidden = ["{Text}", "{Body}", "{Phone}", "{Token}", "{ApiKey}", "{Secret}", "{AccessToken}", "{Password}", "{From}", "{To}"];
        var faults = Events(project)
            .Where(found => forbidden.Any(word => found.Event.Message.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(found => $"{found.Method.DeclaringType!.FullName}.{found.Method.Name}: {found.Event.Message}");

        faults.ShouldBeEmpty();
    }

    [Fact]
    public void LogCalls_OutsideLoggerMessages_DoNotOccur()
    {
        string[] calls = [".LogTrace(", ".LogDebug(", ".LogInformation(", ".LogWarning(", ".LogError(", ".LogCritical("];
        var faults = Repository.SourceFiles("src").SelectMany(path => Repository.CodeLines(path)
            .Where(line => calls.Any(call => line.Text.Contains(call, StringComparison.Ordinal)))
            .Select(line => $"{path}:{line.Number}: {line.Text.Trim()}"));

        faults.ShouldBeEmpty("write a [LoggerMessage] beside the class");
    }

    private static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Event)> Events(string project) => OwnAssemblies.ByProject[project].GetTypes()
        .SelectMany(type => type.GetMethods(All))
        .Select(method => (Method: method, Event: method.GetCustomAttribute<LoggerMessageAttribute>()!))
        .Where(found => found.Event is not null);
}
