namespace Waqtor.Silo.Demo;

/// <summary>The server did not do what the demo was to show; the message says what.</summary>
internal sealed class DemoException(string message) : Exception(message);
