using Ecoscanner.Findings;
using Ecoscanner.Scanners.ForgeRemoteCode;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.ForgeRemoteCode;

public sealed class ForgeRemoteCodeScannerTests : IDisposable
{
    private const string Rule = "remote-token-check-weak";
    private const string Manifest = "app: {id: a}\nmodules: {}\nremotes: [{key: r, baseUrl: 'https://notes.example.com'}]\n";
    private const string Keys = "const keys = jose.createRemoteJWKSet(new URL('https://forge.cdn.prod.atlassian-dev.net/.well-known/jwks.json'));\n";

    private readonly Desk desk = new();

    [Theory]
    [InlineData("import * as jose from 'jose';\n", "await jose.jwtVerify(token, keys, { issuer: 'forge/invocation-token', audience: process.env.APP_ID })")]
    [InlineData(
        "import * as jose from 'jose';\n",
        "const { payload } = await jose.jwtVerify(token, keys, { issuer: 'forge/invocation-token' }); if (payload.aud !== id) throw 1"
    )]
    [InlineData(
        "const jose = require('jose'); const jwt = require('jsonwebtoken');\n",
        "jwt.verify(token, keys, { issuer: 'forge/invocation-token', audience: 'a' })"
    )]
    [InlineData(
        "import * as jose from 'jose';\nconst options = { audience: 'a', issuer: 'forge/invocation-token' };\n",
        "jose.decodeProtectedHeader(token); await jose.jwtVerify(token, keys, options)"
    )]
    public async Task A_whole_check_passes(string imports, string check)
    {
        var report = await ScanAsync(imports, check);
        Assert.True(report.VerdictOf(Rule) == Verdict.Pass, report.ReasonOf(Rule));
    }

    [Theory]
    [InlineData(
        "import { jwtVerify, createRemoteJWKSet } from 'jose'; const jose = { createRemoteJWKSet };\n",
        "await jwtVerify(token, keys)",
        "the audience (tokens for other apps pass) and the issuer"
    )]
    [InlineData("import * as jose from 'jose';\n", "await jose.jwtVerify(token, keys, { issuer: 'forge/invocation-token' })", "does not look at the audience")]
    [InlineData("import * as jose from 'jose';\n", "await jose.jwtVerify(token, keys, { audience: 'a' })", "does not look at the issuer")]
    [InlineData(
        "import * as jose from 'jose'; import jwt from 'jsonwebtoken';\n",
        "jwt.verify(token, keys, { audience: 'a', issuer: 'i', ignoreExpiration: true })",
        "does not look at the time"
    )]
    [InlineData("import * as jose from 'jose';\n", "const payload = jose.decodeJwt(token)", "does not look at the signature")]
    public async Task What_a_check_does_not_look_at_is_named(string imports, string check, string observed)
    {
        var report = await ScanAsync(imports, check);
        var finding = Assert.Single(report.Findings);
        Assert.Contains(observed, finding.Evidence.Observed, StringComparison.Ordinal);
        Assert.EndsWith("server/auth.js", finding.Location.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("await jose.jwtVerify(token, keys, settings())")]
    [InlineData("await jose.jwtVerify(token, keys, { ...defaults, issuer: 'forge/invocation-token' })")]
    [InlineData("await jose.jwtVerify(...all)")]
    public async Task Options_that_are_not_known_are_no_verdict(string check)
    {
        var report = await ScanAsync("import * as jose from 'jose';\nimport { settings, defaults, all } from 'settings';\n", check);
        Assert.Equal(Verdict.Inconclusive, report.VerdictOf(Rule));
    }

    [Fact]
    public async Task Other_tokens_are_no_business_of_it()
    {
        desk.Write("notes/src/index.js", "import jwt from 'jsonwebtoken';\nexport const run = (token) => jwt.verify(token, process.env.SECRET);\n");
        var report = await RemoteScan.RunAsync(RemoteScan.Read(desk, Manifest), new ScanOptions(), [], new ForgeRemoteCodeScanner());
        Assert.Equal(Verdict.NotApplicable, report.VerdictOf(Rule));
    }

    public void Dispose() => desk.Dispose();

    private async Task<AppReport> ScanAsync(string imports, string check)
    {
        desk.Write("notes/server/auth.js", $"{imports}{Keys}export async function authenticate(token, id) {{\n  {check};\n}}\n");
        return await RemoteScan.RunAsync(RemoteScan.Read(desk, Manifest), new ScanOptions(), [], new ForgeRemoteCodeScanner());
    }
}
