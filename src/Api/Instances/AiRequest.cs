namespace Waqtor.Api.Instances;

/// <param name="Kind"><c>openAi</c> (and what speaks like it) or <c>ollama</c>.</param>
/// <param name="BaseUrl">Absolute http or https address; empty takes the model away.</param>
/// <param name="Model">Its name at the endpoint.</param>
/// <param name="SystemPrompt">At most 8,000 characters.</param>
/// <param name="Turns">Messages of the conversation that go along, 0 to 50. Default: 10.</param>
/// <param name="TimeoutSeconds">1 to 50. Default: 15.</param>
/// <param name="DailyBudget">Answers a day by UTC, 0 to 1,000,000. Default: 500.</param>
public sealed record AiRequest(
    string? Kind, string? BaseUrl, string? Model, string? SystemPrompt, int? Turns, int? TimeoutSeconds, int? DailyBudget);
