using System.Text.Json;
using Orleans.Storage;

namespace Waqtor.Silo.Engines;

/// <summary>State is kept as the same JSON on both engines, so that what one has stored can be moved to the other.</summary>
internal sealed class SystemTextJsonStateSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, GrainStateJson.StoreOptions));

    public T Deserialize<T>(BinaryData input) => input.ToObjectFromJson<T>(GrainStateJson.StoreOptions)
        ?? throw new InvalidDataException($"The stored state of {typeof(T).Name} is empty.");
}
