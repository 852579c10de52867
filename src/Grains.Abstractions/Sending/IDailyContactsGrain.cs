using System.Collections.Immutable;

namespace Waqtor.Sending;

/// <summary>
/// Keeps for <see cref="IOutboundGrain"/>, the only caller, what a daily limit must not forget at a restart. There is one only
/// for instances with such a limit. Key: the instance's id.
/// </summary>
[Alias("waqtor.IDailyContactsGrain")]
public interface IDailyContactsGrain : IGrainWithStringKey
{
    /// <summary>What was kept last; empty at first. At most 146 slices.</summary>
    [Alias("ReadAsync")]
    Task<ImmutableArray<ContactSlice>> ReadAsync();

    /// <summary>Durable when the call returns.</summary>
    [Alias("KeepAsync")]
    Task KeepAsync(ImmutableArray<ContactSlice> slices);
}
