using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>Reads one provider's webhook bodies. Without state: one object serves all requests.</summary>
public interface IDeliveryParser
{
    ProviderKind Provider { get; }

    /// <summary>Every element of the body in its order; what cannot be read becomes an element with a problem.</summary>
    /// <exception cref="DeliveryFormatException">The body as a whole cannot be read. Nothing else is ever thrown.</exception>
    ParsedDelivery Parse(ReadOnlyMemory<byte> body);
}
