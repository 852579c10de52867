namespace Waqtor.Api.Media;

/// <summary>Keeps files by the hash of their content.</summary>
public interface IMediaStore
{
    /// <summary>Durable when it returns. The same content is kept once.</summary>
    /// <returns>SHA-256 in lower-case hex.</returns>
    Task<string> PutAsync(ReadOnlyMemory<byte> content);

    /// <summary>The content under a hash. Null: there is none.</summary>
    /// <param name="hash">SHA-256 in lower-case hex; anything else is nothing that is kept here.</param>
    Stream? OpenRead(string hash);
}
