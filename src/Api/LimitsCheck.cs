using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace Waqtor.Api;

/// <summary>Checks options by the limits on their members and names the full key of what is wrong.</summary>
internal sealed class LimitsCheck<TOptions>(string section) : IValidateOptions<TOptions> where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var errors = new List<string>();
        foreach (var property in typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetValue(options);
            foreach (var limit in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (!limit.IsValid(value)) errors.Add($"{section}:{property.Name} is {value}: {limit.FormatErrorMessage("the value")}");
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
