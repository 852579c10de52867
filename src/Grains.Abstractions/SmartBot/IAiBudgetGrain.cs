namespace Waqtor.SmartBot;

/// <summary>How many answers a language model may still give today. Key: the instance's id.</summary>
[Alias("waqtor.IAiBudgetGrain")]
public interface IAiBudgetGrain : IGrainWithStringKey
{
    /// <summary>Takes one of the day's answers; durable when it returns. False: none is left.</summary>
    /// <param name="dailyBudget">Answers a day, by UTC.</param>
    [Alias("TryTakeAsync")]
    Task<bool> TryTakeAsync(int dailyBudget);
}
