using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Waqtor.Api.Problems;

/// <summary>Writes a <see cref="Problem"/> as the answer.</summary>
internal static class ProblemWriter
{
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = Problem.MediaType;
        if (problem.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (HttpMethods.IsHead(context.Request.Method)) return;
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(buffer, problem, Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier);
        response.ContentLength = buffer.WrittenCount;
        await response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    private static void Write(IBufferWriter<byte> buffer, Problem problem, string traceId)
    {
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type", Problem.TypeBase + problem.Code);
        json.WriteString("title", problem.Title);
        json.WriteNumber("status", problem.Status);
        if (problem.Detail is not null) json.WriteString("detail", problem.Detail);
        json.WriteString("code", problem.Code);
        json.WriteString("traceId", traceId);
        if (problem.Errors is not null)
        {
            json.WriteStartObject("errors");
            foreach (var (field, errors) in problem.Errors)
            {
                json.WriteStartArray(field);
                foreach (var error in errors) json.WriteStringValue(error);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
