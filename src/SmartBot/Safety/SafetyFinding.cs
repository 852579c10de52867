namespace Waqtor.SmartBot;

/// <summary>One thing a check found.</summary>
/// <param name="Check">Stable name: inbound <c>opt_out</c>, <c>opt_in</c>, <c>help</c>, <c>injection</c>, <c>abuse</c>, <c>emergency</c>, <c>too_long</c>,
/// <c>empty</c>, <c>personal_data</c>, <c>link</c>; outbound <c>secret</c>, <c>foreign_phone</c>, <c>foreign_email</c>, <c>card</c>, <c>too_long</c>,
/// <c>empty</c>, <c>link</c>, <c>placeholder</c>.</param>
/// <param name="Start">First character of the span.</param>
/// <param name="Length">Length of the span in characters.</param>
/// <param name="Action">What it asks for.</param>
/// <param name="Detail">The kind within the check, such as <c>card</c> or <c>iban</c>; never the text itself.</param>
public sealed record SafetyFinding(string Check, int Start, int Length, SafetyAction Action, string? Detail = null);
