using System.CommandLine;
using System.Globalization;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Probing;
using Ecoscanner.Rules;

namespace Ecoscanner.Cli.Configuration;

/// <summary>Everything a person can set about a scan. Options, variables, keys of the file, its schema, help and <c>--print-config</c> all come from here.</summary>
internal static class Settings
{
    private const string What = "what is checked";
    private const string Output = "output";
    private const string Judging = "what counts";
    private const string Hosts = "hosts";
    private const string Traffic = "traffic";
    private const string TestTenant = "test tenant";

    private const double LowestRate = 0.01;
    private const double HighestRate = 1000;
    private const int HighestBurst = 1000;
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    private static readonly string[] Severities = [.. Enum.GetNames<Severity>().Select(name => name.ToLowerInvariant())];
    private static readonly ProbeOptions Defaults = new() { RunId = "" };

    public static readonly Setting Scanner = new("scanner", SettingKind.Many, What, "run only this scanner; repeatable")
    {
        Value = "NAME",
        Words = () => Catalog.ScannerNames,
        Problem = Catalog.ScannerProblem,
    };

    public static readonly Setting Rule = new("rule", SettingKind.Many, What, "judge only this rule; repeatable")
    {
        Value = "RULE",
        Words = () => Catalog.RuleIds,
        Problem = Catalog.RuleProblem,
    };

    public static readonly Setting Exclude = new("exclude", SettingKind.Many, What, "do not judge this rule; repeatable")
    {
        Value = "RULE",
        Words = Rule.Words,
        Problem = Catalog.RuleProblem,
    };

    public static readonly Setting Format = new(
        "format",
        SettingKind.Many,
        Output,
        "write the report in this format, to FILE or to standard output; repeatable"
    )
    {
        Letter = "f",
        Value = "FORMAT[=FILE]",
        Default = "text",
        Words = () => ReportOutput.Names,
        Problem = ReportOutput.Problem,
        InFolder = FolderPaths.Output,
    };

    public static readonly Setting Severity = new(
        "severity",
        SettingKind.One,
        Output,
        "show findings of this severity and worse only; what counts is --fail-on's"
    )
    {
        Value = "SEVERITY",
        Default = "none",
        Choices = Severities,
    };

    public static readonly Setting ShowSuppressed = new("show-suppressed", SettingKind.Switch, Output, "show ignored findings too, with the reason");

    public static readonly Setting ShowSafe = new("show-safe", SettingKind.Switch, Output, "list what was looked at and is safe too, with the reason");

    public static readonly Setting FailOn = new("fail-on", SettingKind.One, Judging, "exit with 1 for findings of this severity and worse; none never does")
    {
        Value = "SEVERITY",
        Default = "high",
        Choices = Severities,
    };

    public static readonly Setting ExitZero = new("exit-zero", SettingKind.Switch, Judging, "exit with 0 whatever was found");

    public static readonly Setting Baseline = new("baseline", SettingKind.One, Judging, "an earlier JSON or SARIF report: its findings are old")
    {
        InFolder = FolderPaths.Input,
        Value = "FILE",
    };

    public static readonly Setting FailOnNew = new("fail-on-new", SettingKind.Switch, Judging, "count findings that are not in the baseline only");

    public static readonly Setting ApproveHost = new(
        "approve-host",
        SettingKind.Many,
        Hosts,
        "this host is the app's although it serves no descriptor: a remote of a Forge app, another host; repeatable"
    )
    {
        Value = "HOST[:PORT]",
        Problem = HostProblem,
    };

    public static readonly Setting DenyHost = new("deny-host", SettingKind.Many, Hosts, "send nothing to this host and its subdomains; repeatable")
    {
        Value = "HOST",
        Problem = HostProblem,
    };

    public static readonly Setting AllowPrivate = new(
        "allow-private",
        SettingKind.Many,
        Hosts,
        "allow a private or loopback address for this host and port; repeatable"
    )
    {
        Value = "HOST:PORT",
        Problem = PrivateHostProblem,
        InFile = false,
    };

    public static readonly Setting Trust = new("trust", SettingKind.Many, Hosts, "trust the root certificates in this PEM file too; repeatable")
    {
        InFolder = FolderPaths.Input,
        Value = "ROOT.pem",
    };

    public static readonly Setting Vex = new(
        "vex",
        SettingKind.Many,
        Judging,
        "take what this OpenVEX or CycloneDX file claims of vulnerabilities: honoured, and shown in the report; repeatable"
    )
    {
        InFolder = FolderPaths.Input,
        Value = "FILE",
    };

    public static readonly Setting Rate = new("rate", SettingKind.One, Traffic, "requests a second to a host, on average")
    {
        Value = "NUMBER",
        Default = Defaults.Rate.ToString(CultureInfo.InvariantCulture),
        Problem = text =>
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= LowestRate and <= HighestRate
                ? null
                : $"must be a number of requests a second from {LowestRate} to {HighestRate}",
    };

    public static readonly Setting Burst = new("burst", SettingKind.One, Traffic, "requests a host may get at once after a pause")
    {
        Value = "NUMBER",
        Default = Defaults.Burst.ToString(CultureInfo.InvariantCulture),
        Problem = text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var burst) && burst is >= 1 and <= HighestBurst
                ? null
                : $"must be a whole number from 1 to {HighestBurst}",
    };

    public static readonly Setting Timeout = new("timeout", SettingKind.One, Traffic, "time for one request and its whole answer, such as 30s or 2m")
    {
        Value = "TIME",
        Default = $"{Defaults.RequestTimeout.TotalSeconds}s",
        Problem = text =>
            Durations.Parse(text) is { } time && time > TimeSpan.Zero && time <= LongestTimeout ? null : "must be a time such as 500ms, 30s or 2m, up to 10m",
    };

    public static readonly Setting Offline = new("offline", SettingKind.Switch, Traffic, "send nothing at all; targets must be files");

    public static readonly Setting KeepBodies = new(
        "keep-bodies",
        SettingKind.One,
        Traffic,
        "keep the raw bodies of answers in this folder; they may hold customers' data"
    )
    {
        Value = "DIR",
        InFile = false,
    };

    public static readonly Setting Tenant = new("tenant", SettingKind.One, TestTenant, "the test tenant's credentials: a file, or - to be asked")
    {
        InFolder = FolderPaths.Input,
        Value = "FILE|-",
    };

    public static readonly Setting AllowStateChange = new(
        "allow-state-change",
        SettingKind.Switch,
        TestTenant,
        "send probes that may change the app's data too: fake installs, calls of a remote's routes"
    )
    {
        InFile = false,
    };

    public static readonly Setting InstallBaseUrl = new(
        "install-base-url",
        SettingKind.One,
        TestTenant,
        "a site that you own, the baseUrl of fake installs; without it none is sent"
    )
    {
        Value = "URL",
        Problem = text =>
            Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
                ? null
                : "must be a URL of a site that you own, such as https://scans.example.com",
    };

    /// <summary>In the order of help.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        Scanner,
        Rule,
        Exclude,
        Format,
        Severity,
        ShowSuppressed,
        ShowSafe,
        FailOn,
        ExitZero,
        Baseline,
        FailOnNew,
        Vex,
        ApproveHost,
        DenyHost,
        AllowPrivate,
        Trust,
        Rate,
        Burst,
        Timeout,
        Offline,
        KeepBodies,
        Tenant,
        AllowStateChange,
        InstallBaseUrl,
    ];

    /// <summary>The setting that an option sets, or null where it is none.</summary>
    public static Setting? Of(Option option) => All.FirstOrDefault(setting => ReferenceEquals(setting.Option, option));

    private static string? HostProblem(string text) =>
        HostPort.TryParse(text, out _) ? null : "must be a host without scheme and path, such as app.example.com or app.example.com:8443";

    private static string? PrivateHostProblem(string text) =>
        HostPort.TryParse(text, out var host) && host.Port is not null ? null : "must be a host and port, such as localhost:8443 or [::1]:8443";
}
