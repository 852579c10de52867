namespace Waqtor;

/// <summary>Makes the ids of the product: a short prefix and a UUID v7, for example <c>msg_0193…</c>.</summary>
public interface IIdSource
{
    /// <summary>A new id that sorts by the time of its making (to the millisecond).</summary>
    /// <param name="prefix">One of <see cref="IdPrefix"/>.</param>
    string New(string prefix);
}
