namespace Waqtor.Api.Access;

/// <summary>Says of an endpoint that its answer holds a secret, which must not be kept with the answer.</summary>
internal sealed record IdempotentAnswer(string SecretMember);
