using System.ComponentModel.DataAnnotations;

namespace Waqtor.Silo.Configuration;

/// <summary>The server itself.</summary>
public sealed class SiloOptions
{
    public const string Section = "";

    /// <summary>
    /// What this process does: <c>all</c>, <c>silo</c> (grains, no API) or <c>api</c> (API, no grains); <c>--role</c> is short
    /// for it. Other than <c>all</c> needs a cluster. Default: <c>all</c>.
    /// </summary>
    public ServerRole Role { get; set; } = ServerRole.All;

    /// <summary>
    /// Folder of all files: the store, the archive, keys, spool and media. Relative to the working directory. Made
    /// when missing, readable by its owner only. One process at a time. Default: <c>data</c>.
    /// </summary>
    [Required, MinLength(1)]
    public string DataPath { get; set; } = "data";

    /// <summary>
    /// Addresses to listen on, divided by semicolons. <c>ASPNETCORE_URLS</c> and <c>--urls</c> win over it.
    /// Default: <c>http://localhost:8080</c>.
    /// </summary>
    [Required, MinLength(1)]
    public string Urls { get; set; } = "http://localhost:8080";

    /// <summary>
    /// An administrator's key of any form; valid as long as it is set here, beside the keys made by API. Fewer than 16
    /// characters are warned of: they can be guessed. Default: none; the first start makes one and prints it once.
    /// </summary>
    public string? AdminKey { get; set; }

    /// <summary>Seconds that a stop may take: requests end, grains are put away. 1 to 60. Default: 10.</summary>
    [Range(1, 60)]
    public int StopTimeoutSeconds { get; set; } = 10;

    /// <summary>Makes the instance <c>sandbox</c> at the very first start, to try things on. Default: yes.</summary>
    public bool CreateSandbox { get; set; } = true;
}
