namespace Waqtor.Silo.Commands;

/// <summary>Checks the configuration without starting anything. Unknown keys are errors here: a typo must be found.</summary>
internal static class CheckConfigCommand
{
    public static async Task<int> ExecuteAsync(string[] settings)
    {
        var errors = await WaqtorServer.FindConfigurationErrorsAsync(settings);
        foreach (var error in errors) Console.Error.WriteLine(error);
        Console.Out.WriteLine(errors.Count == 0 ? "The configuration is valid." : $"The configuration has {errors.Count} error(s).");
        return errors.Count == 0 ? ExitCode.Success : ExitCode.Failed;
    }
}
