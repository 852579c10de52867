using Microsoft.Extensions.Options;

namespace Waqtor.WhatsApp;

/// <summary>Names the full key of each value that cannot work.</summary>
internal sealed class WhatsAppOptionsValidator : IValidateOptions<WhatsAppOptions>
{
    private const string Path = "Waqtor:" + WhatsAppOptions.Section;

    public ValidateOptionsResult Validate(string? name, WhatsAppOptions options)
    {
        var failures = new List<string>();
        Range(nameof(options.JsonDepthMax), options.JsonDepthMax, 8, 512);
        Range(nameof(options.RawJsonBytesMax), options.RawJsonBytesMax, 1_024, 1_048_576);
        Range(nameof(options.SendTimeoutSeconds), options.SendTimeoutSeconds, 1, 120);
        Range(nameof(options.ConnectTimeoutSeconds), options.ConnectTimeoutSeconds, 1, 60);
        Range(nameof(options.AnswerBytesMax), options.AnswerBytesMax, 1_024, 16_777_216);
        Range(nameof(options.ConnectionsPerHostMax), options.ConnectionsPerHostMax, 1, 4_096);
        if (!Uri.TryCreate(options.CloudBaseUrl, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            failures.Add($"{Path}:{nameof(options.CloudBaseUrl)} must be an http or https address.");
        if (!Version.TryParse(options.CloudApiVersion, out _))
            failures.Add($"{Path}:{nameof(options.CloudApiVersion)} must be a version such as 23.0, without the v.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Range(string key, int value, int min, int max)
        {
            if (value < min || value > max) failures.Add($"{Path}:{key} is {value}; it must be {min} to {max}.");
        }
    }
}
