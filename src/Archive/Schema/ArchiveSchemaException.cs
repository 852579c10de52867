namespace Waqtor.Archive;

/// <summary>The archive's schema cannot be used by this program.</summary>
public sealed class ArchiveSchemaException(string message) : InvalidOperationException(message);
