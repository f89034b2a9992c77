using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Json;
using Ecoscanner.Rules;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>
/// The approval gate: what a scan came to by a policy, stated once, signed and kept. Whoever is given the URL, a reviewer or a pipeline of somebody else,
/// can read the statement and check it with the public keys; it holds no content of findings.
/// </summary>
internal static class GateEndpoints
{
    private const string PayloadType = "application/vnd.ecoscanner.gate.v1+json";

    public static void Map(RouteGroupBuilder api)
    {
        var gates = api.MapGroup("/gates").WithTags("gates");
        gates
            .MapPost("/", State)
            .WithSummary("States what a scan came to by a policy. What is not decided is held, never passed.")
            .Needs(Capability.Upload)
            .Once()
            .Takes<GateAsk>()
            .Answers<GateView>(201)
            .Problems(404, 409);
        gates
            .MapGet("/{id}", One)
            .WithSummary("A statement, for who was given its URL: DSSE, signed by one of /api/v1/keys with ECDSA P-256 and SHA-256.")
            .Public()
            .Answers<GateView>()
            .Problems(404);
    }

    private static async Task<Reply> State(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<GateAsk>(http);
        var policy = new FailPolicy { FailOn = SeverityWord.Parse(ask.FailOn, "/failOn") };
        var run = platform.Database.Read(session => ScanEndpoints.Of(session, principal, ask.Scan));
        if (!principal.May(Capability.Upload, run.PartnerId, run.AppId))
        {
            throw ProblemException.NotFound("scan");
        }

        if (run.State is RunState.Queued or RunState.Running || run.IsNarrowed)
        {
            throw new ProblemException(ProblemKind.Conflict, run.IsNarrowed ? "the scan was of some rules only; state a whole one" : $"the scan is {run.State}")
            {
                RetryAfter = run.IsNarrowed ? null : TimeSpan.FromSeconds(2),
            };
        }

        await platform.ReadAudit.RecordAsync(principal, [run.PartnerId], "gate.stated", $"scan:{run.Id}");
        var (result, why) = Judge(platform, run, policy);
        return platform.Database.Write(session =>
        {
            var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            var statement = Statement(session, platform, run, ask.FailOn, result, why);
            var envelope = Envelope(platform, statement);
            session.Execute(
                """
                insert into gate (id, partner_id, app_id, run_id, result, envelope, at, made_by)
                values (@id, @PartnerId, @AppId, @RunId, @result, @envelope, @Clock, @by)
                """,
                new
                {
                    id,
                    run.PartnerId,
                    run.AppId,
                    RunId = run.Id,
                    result,
                    envelope,
                    session.Clock,
                    by = principal.Name,
                }
            );
            return Reply.Created($"{Endpoints.Root}/gates/{id}", View(id, envelope));
        });
    }

    private static Reply One(Platform platform, string id) =>
        platform.Database.Read(session => session.Find<string>("select envelope from gate where id = @id", new { id })) is { } envelope
            ? Reply.Of(View(id, envelope))
            : throw ProblemException.NotFound("statement");

    private static (string Result, string Why) Judge(Platform platform, RunRow run, FailPolicy policy)
    {
        if (run.State != RunState.Done || run.ReportDigest is null)
        {
            return ("held", "the scan left no report");
        }

        using var content =
            platform.Blobs.Open(run.PartnerId, run.ReportDigest) ?? throw new ProblemException(ProblemKind.Gone, "the report is no longer kept");
        return ExitCode.Of(ReportReader.Read(content), policy) switch
        {
            ExitCode.Clean => ("passed", "nothing at or above the policy's severity was found, and everything was looked at"),
            ExitCode.Findings => ("failed", "something at or above the policy's severity was found"),
            ExitCode.NothingToScan => ("held", "no scanner applies to it"),
            _ => ("held", "not everything could be judged"),
        };
    }

    private static GateStatement Statement(Session session, Platform platform, RunRow run, string failOn, string result, string why)
    {
        var box = run.ArtifactId is null
            ? null
            : session.Find<byte[]>("select sealed from artifact_sha256 where artifact_id = @ArtifactId", new { run.ArtifactId });
        return new GateStatement(
            session.One<string>("select key from app where id = @AppId", new { run.AppId }),
            session.One<string>("select hosting from app_hosting where id = @HostingId", new { run.HostingId }),
            box is null ? null : Convert.ToHexStringLower(platform.Keys.Open(run.PartnerId, $"sha256:{run.ArtifactId}", box)),
            run.Id,
            run.ToolVersion,
            run.AdvisorySnapshot,
            failOn,
            result,
            why,
            Moment.Of(run.EndedAt),
            session.Now
        );
    }

    // DSSE, https://github.com/secure-systems-lab/dsse: what is signed names its type and length, so that no other text can be taken for it.
    private static string Envelope(Platform platform, GateStatement statement)
    {
        var payload = Reply.Bytes(statement);
        var head = string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {PayloadType.Length} {PayloadType} {payload.Length} ");
        var signature = platform.AuditKeys.Sign([.. Encoding.ASCII.GetBytes(head), .. payload]);
        return Encoding.UTF8.GetString(
            Reply.Bytes(
                new DsseEnvelope(PayloadType, Convert.ToBase64String(payload), [new DsseSignature(platform.AuditKeys.KeyId, Convert.ToBase64String(signature))])
            )
        );
    }

    private static GateView View(string id, string envelope)
    {
        var read = JsonSerializer.Deserialize(envelope, ApiJson.Default.DsseEnvelope)!;
        return new GateView(id, JsonSerializer.Deserialize(Convert.FromBase64String(read.Payload), ApiJson.Default.GateStatement)!, read);
    }
}

/// <param name="Scan">Its id.</param>
/// <param name="FailOn">The least severity that fails: <c>low</c>, <c>medium</c>, <c>high</c> or <c>critical</c>.</param>
public sealed record GateAsk(string Scan, string FailOn = "high");

/// <param name="Statement">The payload of the envelope, to be read; what counts is the envelope.</param>
public sealed record GateView(string Id, GateStatement Statement, DsseEnvelope Envelope);

/// <param name="Sha256">Of the file that was scanned; null where a URL was.</param>
/// <param name="Result"><c>passed</c>, <c>failed</c> or <c>held</c>.</param>
public sealed record GateStatement(
    string App,
    string Hosting,
    string? Sha256,
    string Scan,
    string? ToolVersion,
    string? AdvisorySnapshot,
    string FailOn,
    string Result,
    string Why,
    DateTimeOffset? ScannedAt,
    DateTimeOffset StatedAt
);

/// <param name="Payload">The statement, base64.</param>
public sealed record DsseEnvelope(string PayloadType, string Payload, IReadOnlyList<DsseSignature> Signatures);

/// <param name="Sig">Over <c>DSSEv1 LENGTH TYPE LENGTH PAYLOAD</c>; 64 bytes, base64.</param>
public sealed record DsseSignature(string Keyid, string Sig);
