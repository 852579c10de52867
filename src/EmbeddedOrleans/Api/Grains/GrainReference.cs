using EmbeddedOrleans.Calls;

namespace Orleans.Runtime;

/// <summary>The address of a grain; proxies derive from it. Equal when they name the same grain.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>, ISpanFormattable
{
    internal GrainReference(GrainRuntime runtime, GrainId grainId)
    {
        Runtime = runtime;
        GrainId = grainId;
    }

    public GrainId GrainId { get; }

    public virtual string InterfaceName => "";

    internal GrainRuntime Runtime { get; }

    /// <summary>Called by proxies.</summary>
    internal Task InvokeAsync(VoidRequest request)
    {
        request.Reference = this;
        return Runtime.SendAsync(request);
    }

    /// <summary>Called by proxies.</summary>
    internal Task<TResult> InvokeForResultAsync<TResult>(ResultRequest<TResult> request)
    {
        request.Reference = this;
        return Runtime.SendAsync(request);
    }

    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) =>
        !(reference1 == reference2);

    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)Runtime.CreateReference(GrainId, typeof(TGrainInterface));

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public uint GetUniformHashCode() => GrainId.GetUniformHashCode();

    public sealed override string ToString() => $"GrainReference:{GrainId}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"GrainReference:{GrainId}", out charsWritten);
}
