using System.Net;
using Waqtor.ProcessKit;

namespace Waqtor.Bench.Ingest;

/// <summary>Brings many conversations into being as fast as the server takes them.</summary>
public static class Filling
{
    /// <summary>One message to each of so many conversations, from 64 connections.</summary>
    public static Task OpenAsync(WaqtorClient client, int conversations) => Parallel.ForEachAsync(
        Enumerable.Range(0, conversations),
        new ParallelOptions { MaxDegreeOfParallelism = 64 },
        async (number, cancellation) =>
        {
            var body = EvolutionBody.Text("shop", $"55119{number:D8}", $"3EB0{number:D16}", "gastei 25,78 com Uber");
            var status = await client.PostWebhookAsync("evolution", "shop", body, cancellation);
            if (status != HttpStatusCode.OK)
                throw new InvalidOperationException($"A good webhook was answered {(int)status}");
        });
}
