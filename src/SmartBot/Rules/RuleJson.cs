using System.Text.Json;

namespace Waqtor.SmartBot;

/// <summary>Reads rules out of JSON one by one, so that one bad rule does not lose its neighbours.</summary>
internal static class RuleJson
{
    private static readonly string[] Fields =
        ["id", "instance", "name", "phrases", "negativePhrases", "language", "reply", "interactive", "priority", "schedule", "enabled"];

    public static RuleImport Read(JsonElement root, RuleCheck check)
    {
        var list = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("rules", out var rules) ? rules : root;
        if (list.ValueKind != JsonValueKind.Array) return RuleCheck.Refused("unreadable", "Expected a list of rules, or an object with 'rules'.");
        var row = 0;
        foreach (var element in list.EnumerateArray()) ReadRule(element, ++row, check);
        return check.Result;
    }

    private static void ReadRule(JsonElement element, int row, RuleCheck check)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            check.Report(row, null, "invalid", "A rule is an object.");
            return;
        }

        var rule = new RuleEntry();
        var failed = false;
        foreach (var member in element.EnumerateObject())
        {
            try
            {
                rule = With(rule, member, row, check);
            }
            catch (Exception exception) when (exception is InvalidOperationException or FormatException)
            {
                failed = true;
                check.Report(row, member.Name, "invalid", $"{member.Name} has the wrong type: {member.Value.ValueKind}.");
            }
        }

        check.Take(rule, row, failed);
    }

    private static RuleEntry With(RuleEntry rule, JsonProperty member, int row, RuleCheck check)
    {
        var value = member.Value;
        if (value.ValueKind == JsonValueKind.Null) return rule;
        switch (Array.Find(Fields, field => field.Equals(member.Name, StringComparison.OrdinalIgnoreCase)))
        {
            case "id": return rule with { Id = value.GetString() };
            case "name": return rule with { Name = value.GetString() ?? "" };
            case "phrases": return rule with { Phrases = Texts(value) };
            case "negativePhrases": return rule with { NegativePhrases = Texts(value) };
            case "language": return rule with { Language = value.GetString() };
            case "reply": return rule with { Reply = value.GetString() };
            case "priority": return rule with { Priority = value.GetInt32() };
            case "enabled": return rule with { Enabled = value.GetBoolean() };
            case "interactive": return rule with { Interactive = value.Clone() };
            case "schedule": return rule with { Schedule = value.Clone() };
            case "instance": return rule;
            default:
                check.Report(row, member.Name, "unknown_field", $"{member.Name} is not a field of a rule and was left out.", false);
                return rule;
        }
    }

    private static List<string> Texts(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? [value.GetString()!]
        : [.. value.EnumerateArray().Select(item => item.GetString() ?? "")];
}
