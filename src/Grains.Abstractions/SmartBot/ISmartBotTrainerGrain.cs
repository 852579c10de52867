using Orleans.Concurrency;

namespace Waqtor.SmartBot;

/// <summary>Worker that trains models away from everybody's turns; tells the rules' grain the result.</summary>
[Alias("waqtor.ISmartBotTrainerGrain")]
public interface ISmartBotTrainerGrain : IGrainWithIntegerKey
{
    [Alias("TrainAsync"), OneWay]
    Task TrainAsync(TrainingOrder order);

    /// <summary>Trains a live model for the caller's node, which does not have it; tells nobody.</summary>
    [Alias("PrepareAsync"), ResponseTimeout("00:02:00")]
    Task PrepareAsync(TrainingOrder order);
}
