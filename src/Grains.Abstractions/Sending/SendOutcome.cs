using System.Text.Json.Serialization;

namespace Waqtor.Sending;

/// <summary>How an attempt to send ended; one table sorts every provider's errors into these.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SendOutcome>))]
public enum SendOutcome
{
    Sent = 0,
    /// <summary>A limit of the platform: nobody on this number sends before the wait is over; costs no attempt.</summary>
    Wait = 1,
    /// <summary>May work later: tried again with back-off.</summary>
    Retry = 2,
    /// <summary>Will never work.</summary>
    Final = 3,
    /// <summary>The answer was lost after the request went out: it may have worked. Not sent again blindly.</summary>
    Ambiguous = 4,
}
