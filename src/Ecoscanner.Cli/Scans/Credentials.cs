using System.Collections;
using Ecoscanner.Apps;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Scans;

/// <summary>Gets the test tenant's credentials from a file, from the environment or from a person; never from arguments, which stand in process lists.</summary>
internal static class Credentials
{
    private const string Asked = "-";

    /// <summary>The test tenant; null where there is none.</summary>
    /// <param name="source">A file, or <c>-</c> to ask; null looks into the environment.</param>
    /// <exception cref="ExitException">They cannot be read.</exception>
    public static TestTenant? Read(string? source, Terminal terminal)
    {
        try
        {
            switch (source)
            {
                case null:
                    return TestTenantReader.ReadEnvironment(Variables());
                case Asked:
                    return Ask(new Questions(terminal));
                default:
                    var tenant = TestTenantReader.ReadFile(source, out var warning);
                    if (warning is not null)
                    {
                        terminal.Complain(warning);
                    }

                    return tenant;
            }
        }
        catch (TestTenantException e)
        {
            throw new ExitException(ExitCode.Usage, e.Message, e);
        }
    }

    private static TestTenant Ask(Questions questions) =>
        new()
        {
            AppKey = questions.Line("app key of the test tenant's app: "),
            Host = questions.Line("the app's host, such as app.example.com: "),
            ClientKey = questions.Line("the tenant's client key: "),
            SharedSecret = questions.Secret("its shared secret (not shown): "),
        };

    private static Dictionary<string, string> Variables() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal);
}
