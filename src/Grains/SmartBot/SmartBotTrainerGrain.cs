using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Waqtor.Instances;

namespace Waqtor.SmartBot;

/// <inheritdoc cref="ISmartBotTrainerGrain" />
/// <remarks>A training is computation: it holds a worker's turn, and nobody else's.</remarks>
[GrainType("smartbot-trainer")]
[StatelessWorker]
public sealed partial class SmartBotTrainerGrain(
    BotModels models, PhraseVectors vectors, TimeProvider clock, IOptions<SmartBotOptions> options, ILogger<SmartBotTrainerGrain> logger)
    : Grain, ISmartBotTrainerGrain
{
    public async Task TrainAsync(TrainingOrder order)
    {
        var result = await TryTrainAsync(order);
        await GrainFactory.GetGrain<ISmartBotGrain>(order.InstanceId).CompleteTrainingAsync(result);
    }

    public async Task PrepareAsync(TrainingOrder order) => await TryTrainAsync(order);

    private async Task<TrainingResult> TryTrainAsync(TrainingOrder order)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TrainingSecondsMax), clock);
        try
        {
            var instance = await GrainFactory.GetGrain<IInstanceGrain>(order.Instance).GetConfigurationAsync();
            if (instance is null || instance.Id != order.InstanceId) return Failed(order, "The instance does not exist any more.");
            return await TrainAsync(order, instance, timeout.Token);
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception, order.Instance, order.Revision);
            return Failed(order, timeout.IsCancellationRequested ? "The training took too long." : exception.Message);
        }
    }

    private async Task<TrainingResult> TrainAsync(TrainingOrder order, InstanceConfiguration instance, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var settings = instance.Settings.SmartBot ?? new SmartBotSettings();
        var training = Options(settings);
        var phrases = order.Rules.Concat(order.Live).Where(rule => rule.Enabled).SelectMany(rule => rule.Phrases.Concat(rule.NegativePhrases));
        var known = await vectors.GetAsync(instance, phrases, cancellationToken);
        if (known.Count > 0) training = training with { PhraseVectors = phrase => known.GetValueOrDefault(phrase) };
        var model = Train(order.Rules, training, cancellationToken);
        var warnings = model?.Summary.Warnings.Select(warning => warning.Message).ToList() ?? [];
        if (settings.Embedder is not null && known.Count == 0)
            warnings.Insert(0, "The embedder did not answer: words alone decide until the rules are next learnt.");

        var refused = Compare(order, model, training, cancellationToken);
        models.Put(order.InstanceId, order.Version, BotFingerprint.Of(settings), new TrainedModel(model, known.Count > 0));
        return new TrainingResult
        {
            Revision = order.Revision,
            Version = order.Version,
            Phrases = model?.Summary.Phrases ?? 0,
            Accuracy = model?.Summary.Accuracy,
            Milliseconds = clock.GetElapsedTime(started).TotalMilliseconds,
            Warnings = [.. warnings.Take(20)],
            Refused = refused,
        };
    }

    private RefusedSwap? Compare(TrainingOrder order, SmartBotModel? model, TrainingOptions training, CancellationToken cancellationToken)
    {
        if (model is null || order.Live.Sum(rule => rule.Phrases.Length) < options.Value.ComparedPhrasesMin) return null;
        if (Train(order.Live, training, cancellationToken) is not { } live) return null;
        var compared = ModelComparison.Compare(live.Summary, model.Summary, options.Value.SwapPointsAllowed);
        return compared.IsRefused
            ? new RefusedSwap(clock.GetUtcNow(), compared.Before ?? 0, compared.After ?? 0, compared.Reason ?? "")
            : null;
    }

    private static SmartBotModel? Train(ImmutableArray<BotRule> rules, TrainingOptions training, CancellationToken cancellationToken)
    {
        var taught = rules.Where(rule => rule.Enabled && !rule.Phrases.IsDefaultOrEmpty).Select(rule => rule.ToDefinition()).ToList();
        return taught.Count == 0 ? null : SmartBotModel.Train(taught, ConceptLexicon.Default, training, cancellationToken);
    }

    private static TrainingOptions Options(SmartBotSettings settings) => TrainingOptions.Default with
    {
        AnswerThreshold = settings.AnswerConfidence,
        ConsiderThreshold = settings.ConsiderConfidence,
        Strictness = settings.Strictness,
    };

    private static TrainingResult Failed(TrainingOrder order, string error) =>
        new() { Revision = order.Revision, Version = order.Version, Error = error };

    [LoggerMessage(1, LogLevel.Warning, "The bot of instance {Instance} could not learn revision {Revision} of its rules.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string instance, long revision);
}
