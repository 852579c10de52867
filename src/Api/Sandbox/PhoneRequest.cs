namespace Waqtor.Api.Sandbox;

/// <param name="Phone">A phone number with country code.</param>
/// <param name="Name">What the contact is called, at most 100 characters. Default: the number.</param>
public sealed record PhoneRequest(string? Phone, string? Name);
