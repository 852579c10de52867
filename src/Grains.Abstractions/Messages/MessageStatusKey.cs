namespace Waqtor.Messages;

/// <summary>Key of <see cref="IMessageStatusGrain"/>: an instance and the provider's message id.</summary>
public readonly record struct MessageStatusKey(string InstanceId, string ProviderMessageId)
{
    /// <summary>The instance id holds no slash, so the first one divides.</summary>
    public override string ToString() => $"{InstanceId}/{ProviderMessageId}";

    /// <exception cref="FormatException">There is no slash.</exception>
    public static MessageStatusKey Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new MessageStatusKey(key[..slash], key[(slash + 1)..])
            : throw new FormatException("A message status key is instance/providerMessageId.");
    }
}
