using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Waqtor;

/// <summary>Checks an options class by its annotations and names the full configuration key of what is wrong.</summary>
public sealed class WaqtorOptionsValidator<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var failures = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true))
        {
            return ValidateOptionsResult.Success;
        }

        return ValidateOptionsResult.Fail(failures.Select(failure =>
            $"Waqtor:{section}:{failure.MemberNames.FirstOrDefault()}: {failure.ErrorMessage}"));
    }
}
