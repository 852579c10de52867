using System.Text.Json;

namespace Waqtor.Archive.Tests;

public static class RecordAssertions
{
    /// <summary>Compares all members, lists by what is in them (which the records' own equality does not).</summary>
    public static void ShouldReadLike<T>(this T? actual, T expected) =>
        JsonSerializer.Serialize(actual).ShouldBe(JsonSerializer.Serialize(expected));
}
