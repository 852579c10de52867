namespace Orleans.Configuration;

/// <summary>How calls made by grains behave, and what activations accept.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>Requests that may wait for one activation before more are refused; 0 is no limit. Default: 0.</summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; }
}
