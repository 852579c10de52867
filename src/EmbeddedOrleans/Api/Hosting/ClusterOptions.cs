namespace Orleans.Configuration;

/// <summary>Names of the cluster; accepted, and meaningless with one silo.</summary>
public class ClusterOptions
{
    public string ClusterId { get; set; } = "default";

    public string ServiceId { get; set; } = "default";
}
