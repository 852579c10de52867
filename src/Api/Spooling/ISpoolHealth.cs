namespace Waqtor.Api.Spooling;

/// <summary>How the spool stands; for <c>/health/ready</c>.</summary>
public interface ISpoolHealth
{
    /// <summary>Deliveries that wait for the store.</summary>
    int Pending { get; }

    /// <summary>Of all spool files.</summary>
    long Bytes { get; }

    /// <summary>The bound of <see cref="Bytes"/>; beyond it deliveries are refused.</summary>
    long BytesMax { get; }
}
