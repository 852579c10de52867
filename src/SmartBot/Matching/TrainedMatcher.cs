namespace Waqtor.SmartBot;

/// <summary>A matcher with the calibration that belongs to it: the words alone, or words and outside vectors.</summary>
internal sealed record TrainedMatcher(LinearMatcher Linear, Calibration Calibration, IReadOnlyList<HeldOutPhrase> HeldOut)
{
    public static TrainedMatcher Train(TrainingSet set, SparseRows rows, int features, TrainingOptions options, float[][]? vectors, CancellationToken cancellationToken)
    {
        var trainer = new MatcherTrainer(set, rows, features, options, vectors, cancellationToken);
        var linear = trainer.Train();
        var calibration = trainer.CanCalibrate && trainer.HeldOut.Count > 0
            ? Calibration.Fit(trainer.HeldOut, options.Strictness)
            : Calibration.Shipped(trainer.UsesPlanes, trainer.HeldOut, options.Strictness);
        return new(linear, calibration, trainer.HeldOut);
    }
}
