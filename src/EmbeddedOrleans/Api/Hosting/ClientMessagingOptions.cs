namespace Orleans.Configuration;

/// <summary>How calls made outside grains behave.</summary>
public class ClientMessagingOptions : MessagingOptions;
