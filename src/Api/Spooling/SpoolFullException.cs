namespace Waqtor.Api.Spooling;

/// <summary>The spool has reached its bound: the provider must send again later.</summary>
internal sealed class SpoolFullException() : Exception("The spool is full.");
