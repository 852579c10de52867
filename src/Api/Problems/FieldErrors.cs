namespace Waqtor.Api.Problems;

/// <summary>Gathers what is wrong with a request, by field.</summary>
internal sealed class FieldErrors
{
    private readonly SortedDictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    /// <summary>Null while nothing is wrong.</summary>
    public Problem? Problem => _errors.Count == 0
        ? null
        : Problem.Invalid(_errors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal));

    public void Require(bool condition, string field, string error)
    {
        if (condition) return;
        if (!_errors.TryGetValue(field, out var errors)) _errors[field] = errors = [];
        errors.Add(error);
    }
}
