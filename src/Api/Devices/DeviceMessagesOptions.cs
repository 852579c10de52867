using System.ComponentModel.DataAnnotations;
using Waqtor.Api.Addresses;

namespace Waqtor.Api.Devices;

/// <summary>Limits of the door for devices (web chat, kiosks).</summary>
public sealed class DeviceMessagesOptions
{
    public const string Section = "DeviceMessages";

    /// <summary>Longest message in bytes, unpacked, 1,024 to 67,108,864. Default: 16,777,216.</summary>
    [Range(1_024, 67_108_864)]
    public int MessageBytesMax { get; set; } = 16_777_216;

    /// <summary>Characters of a text that the conversation and the bot see; the whole of a longer one is kept as a file. 256 to 16,384. Default: 4,096.</summary>
    [Range(256, 16_384)]
    public int TextCharactersShown { get; set; } = 4_096;

    /// <summary>Bytes of a message's metadata as JSON, 256 to 65,536. Default: 16,384.</summary>
    [Range(256, 65_536)]
    public int MetadataBytesMax { get; set; } = 16_384;

    /// <summary>Bytes of one chunk, 1,024 to 1,048,576. Default: 262,144; the SDK sends 65,536.</summary>
    [Range(1_024, 1_048_576)]
    public int ChunkBytesMax { get; set; } = 262_144;

    /// <summary>Unfinished uploads of one session, 1 to 100. Default: 4.</summary>
    [Range(1, 100)]
    public int SessionUploadsMax { get; set; } = 4;

    /// <summary>Unfinished uploads of this node, 1 to 1,000,000. Default: 2,000.</summary>
    [Range(1, 1_000_000)]
    public int UploadsMax { get; set; } = 2_000;

    /// <summary>Bytes that the unfinished uploads of this node may come to, 1,048,576 to 1,099,511,627,776. Default: 4,294,967,296.</summary>
    [Range(1_048_576L, 1_099_511_627_776L)]
    public long UploadBytesMax { get; set; } = 4_294_967_296;

    /// <summary>Hours after its last chunk an unfinished upload is removed, 1 to 720. Default: 24.</summary>
    [Range(1, 720)]
    public int UploadExpiryHours { get; set; } = 24;

    /// <summary>Whole messages being checked and stored at once, 1 to 1,000; each may hold three times its length in memory. Default: 8.</summary>
    [Range(1, 1_000)]
    public int InHandMax { get; set; } = 8;

    /// <summary>Calls of one session per second; bursts of ten times that pass. 1 to 10,000. Default: 100.</summary>
    [Range(1, 10_000)]
    public int SessionRequestsPerSecond { get; set; } = 100;

    /// <summary>Longest life of a device token in seconds, 60 to 2,592,000. Default: 86,400.</summary>
    [Range(60, 2_592_000)]
    public int TokenSecondsMax { get; set; } = 86_400;

    /// <summary>
    /// Origins of web pages that may speak for devices, divided by semicolons, such as <c>https://shop.example</c>. Pages of this
    /// server's own origin always may. <c>*</c>: all. Default: none.
    /// </summary>
    [OriginList]
    public string AllowedOrigins { get; set; } = "";
}
