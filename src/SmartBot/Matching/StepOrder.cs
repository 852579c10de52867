namespace Waqtor.SmartBot;

/// <summary>A fixed sequence of shuffles (xorshift), the same on every machine and in every version.</summary>
internal struct StepOrder(int seed)
{
    private uint _state = ((uint)seed * 2654435761) | 1;

    public void Shuffle(Span<int> items)
    {
        for (var index = items.Length - 1; index > 0; index--)
        {
            var other = (int)(Next() % (uint)(index + 1));
            (items[index], items[other]) = (items[other], items[index]);
        }
    }

    public uint Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return _state;
    }
}
