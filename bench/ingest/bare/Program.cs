// The yardstick: what the host itself can do when it reads the same typed body and stores nothing.
using Waqtor.Bench.Bare;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, WebhookJson.Default));
var app = builder.Build();
app.MapGet("/health/ready", () => "ok");
app.MapPost("/api/inbound/evolution/shop", (Webhook webhook) => webhook.Data?.Key?.Id is null ? Results.BadRequest() : Results.Ok());
app.Run();
