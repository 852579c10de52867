using System.Text.Json.Serialization;

namespace Waqtor.Api.Realtime;

/// <summary>From where on a connection is told its topics.</summary>
/// <param name="Topics">The topics it is about.</param>
/// <param name="Recovered">
/// True: nothing is missing after the cursor that was given. False: something is, or none was given; fetch afresh by REST.
/// </param>
/// <param name="Cursor">Where the reader stands now; what follows comes after it.</param>
/// <param name="Refused">Topics that are not to be had, with the reason.</param>
public sealed record Standing(
    IReadOnlyList<string> Topics,
    bool Recovered,
    string Cursor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Refused = null);
