using System.Collections.Immutable;
using System.Text.Json;
using Waqtor.Instances;

namespace Waqtor.WhatsApp;

/// <summary>
/// The frame of every parser: opens the body, walks its envelopes (one object, or an array of them) and keeps each
/// element apart, so that one that cannot be read becomes a problem and its neighbours stay unharmed.
/// </summary>
public abstract class JsonDeliveryParser(ProviderKind provider, WhatsAppOptions options) : IDeliveryParser
{
    private protected const int NameCharactersMax = 256;

    /// <inheritdoc />
    public ProviderKind Provider { get; } = provider;

    private protected WhatsAppOptions Options { get; } = options;

    /// <inheritdoc />
    public ParsedDelivery Parse(ReadOnlyMemory<byte> body)
    {
        using var document = BodyJson.Open(body, Options.JsonDepthMax);
        var elements = ImmutableArray.CreateBuilder<DeliveryElement>(1);
        var root = document.RootElement;
        if (root.IsObject())
        {
            ReadEnvelopeGuarded(root, "", elements);
        }
        else
        {
            var index = 0;
            foreach (var envelope in root.EnumerateArray())
            {
                var path = $"[{index++}]";
                if (envelope.IsObject()) ReadEnvelopeGuarded(envelope, path, elements);
                else elements.Add(Problem(path, null, DeliveryProblem.NotAnObject));
            }
        }

        return new ParsedDelivery(elements.DrainToImmutable());
    }

    private protected abstract void ReadEnvelope(JsonElement envelope, string path, ImmutableArray<DeliveryElement>.Builder elements);

    private protected delegate DeliveryElement ElementReader<TContext>(JsonElement element, string path, TContext context);

    /// <summary>Reads one object or each of an array; another kind is a problem, null and undefined are nothing.</summary>
    private protected static void ReadEach<TContext>(JsonElement container, string path, string? routeTo, TContext context,
        ElementReader<TContext> read, ImmutableArray<DeliveryElement>.Builder elements)
    {
        switch (container.ValueKind)
        {
            case JsonValueKind.Object:
                elements.Add(ReadGuarded(container, path, routeTo, context, read));
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var element in container.EnumerateArray())
                    elements.Add(ReadGuarded(element, $"{path}[{index++}]", routeTo, context, read));
                break;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            default:
                elements.Add(Problem(path, routeTo, DeliveryProblem.NotAnArray));
                break;
        }
    }

    // The bulkhead: what nobody foresaw in one element is parked raw with the delivery and costs no neighbour.
    private static DeliveryElement ReadGuarded<TContext>(JsonElement element, string path, string? routeTo, TContext context, ElementReader<TContext> read)
    {
        if (!element.IsObject()) return Problem(path, routeTo, DeliveryProblem.NotAnObject);
        try
        {
            return read(element, path, context);
        }
        catch (Exception exception) when (IsOfReading(exception))
        {
            return Problem(path, routeTo, DeliveryProblem.Unreadable);
        }
    }

    private void ReadEnvelopeGuarded(JsonElement envelope, string path, ImmutableArray<DeliveryElement>.Builder elements)
    {
        try
        {
            ReadEnvelope(envelope, path, elements);
        }
        catch (Exception exception) when (IsOfReading(exception))
        {
            elements.Add(Problem(Whole(path), null, DeliveryProblem.Unreadable));
        }
    }

    private static bool IsOfReading(Exception exception) =>
        exception is InvalidOperationException or FormatException or ArgumentException or OverflowException or JsonException;

    private protected static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    private protected static string Whole(string path) => path.Length == 0 ? "$" : path;

    private protected static DeliveryElement Problem(string path, string? routeTo, string code) => new() { Path = path, RouteTo = routeTo, Problem = code };

    private protected static DeliveryElement Ignored(string path, string? routeTo, string code) => new() { Path = path, RouteTo = routeTo, Ignored = code };

    private protected DeliveryElement Notice(string path, string? routeTo, string field, JsonElement json) =>
        new() { Path = path, RouteTo = routeTo, Notice = new ProviderNotice(field, RawJson.Keep(json, Options.RawJsonBytesMax)) };
}
