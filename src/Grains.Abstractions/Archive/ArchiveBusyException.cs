namespace Waqtor.Archive;

/// <summary>So many read the archive, or wait to, that this read was not begun; it may be tried again.</summary>
public sealed class ArchiveBusyException : TimeoutException
{
    public ArchiveBusyException()
    {
    }

    public ArchiveBusyException(string message)
        : base(message)
    {
    }

    public ArchiveBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
