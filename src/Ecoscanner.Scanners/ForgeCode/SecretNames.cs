using System.Text.RegularExpressions;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>What people call secrets, and what only sounds like one.</summary>
internal static partial class SecretNames
{
    /// <summary>Whether a variable, a property or a key of storage is named as a secret itself is.</summary>
    public static bool IsSecret(string name)
    {
        var plain = Signs().Replace(name, "").ToLowerInvariant();
        return Secrets().IsMatch(plain) && !Others().IsMatch(plain);
    }

    /// <summary>Whether a variable of the environment is named as one.</summary>
    public static bool IsSecretVariable(string name) => Variables().IsMatch(name) && !PublicVariables().IsMatch(name);

    [GeneratedRegex("[^A-Za-z0-9]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Signs();

    [GeneratedRegex(
        "(password|passwd|passphrase|apikey|apitoken|accesstoken|refreshtoken|authtoken|bearertoken|sessiontoken|clientsecret|secretkey|privatekey|signingkey|encryptionkey|secret|token)$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Secrets();

    // What says something about a secret, and tokens that are none.
    [GeneratedRegex(
        "^(has|is|no|show|use|needs?|set|get|remove|delete|with|without|validate|check|require)|(next|page|paging|continuation|csrf|xsrf|sync|cursor|cancel|cancellation|change|delta|resume|start|prompt|input|output|max|min|total|num|count|masked|hashed|encrypted|redacted|design|context|public|invocation|mention)(token|secret|password|apikey)$",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Others();

    [GeneratedRegex("(TOKEN|SECRET|PASSWORD|PASSWD?|PASSPHRASE|PWD|CREDENTIALS?|_?KEY|_PAT)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Variables();

    [GeneratedRegex(
        "(PUBLIC|PROJECT|ISSUE|SPACE|FIELD|STORAGE|APP|CACHE|MODULE|PROPERTY|QUEUE|ENTITY|SORT|PRIMARY|ADDON|MEASUREMENT)_?KEY$|^(MAX|MIN|HAS|USE|ENABLE)_|MONKEY$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex PublicVariables();
}
