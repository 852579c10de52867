namespace Waqtor.Silo.Configuration;

/// <summary>Which part of the product a process is.</summary>
public enum ServerRole
{
    /// <summary>Grains and HTTP in one process.</summary>
    All,

    /// <summary>Grains only; of HTTP it answers nothing but the health checks.</summary>
    Silo,

    /// <summary>HTTP only: a client of the cluster, without grains.</summary>
    Api,
}
