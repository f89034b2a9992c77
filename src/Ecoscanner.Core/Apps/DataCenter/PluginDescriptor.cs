using System.Xml;
using Ecoscanner.Packages.Java;

namespace Ecoscanner.Apps.DataCenter;

/// <summary>What an <c>atlassian-plugin.xml</c> says of the plugin as a whole. Texts are the partner's: escape them.</summary>
public sealed record PluginDescriptor
{
    // Parameters, modules and instructions are some hundred; a list for each has an end.
    private const int MaximumParameters = 1000;
    private const int MaximumValueLength = 100_000;
    private const int MaximumDepth = 64;

    /// <summary>Null where it is missing or left to the build.</summary>
    public string? Key { get; init; }

    public string? Name { get; init; }

    /// <summary>1: loaded with the host's classes; 2: a bundle of its own; 3: runs elsewhere.</summary>
    public int PluginsVersion { get; init; } = 1;

    public string? Version { get; init; }

    public string? Vendor { get; init; }

    public string? VendorUrl { get; init; }

    /// <summary>The oldest version of the host that it says it runs in; null where it does not say.</summary>
    public string? MinimumHostVersion { get; init; }

    /// <summary>The newest one, likewise.</summary>
    public string? MaximumHostVersion { get; init; }

    /// <summary>Such as <c>atlassian-data-center-compatible</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Its <c>bundle-instructions</c>, which become headers of the bundle that the host makes of it: <c>Import-Package</c>.</summary>
    public IReadOnlyDictionary<string, string> Instructions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads it.</summary>
    /// <exception cref="DescriptorException">It is no plugin descriptor; the message says why.</exception>
    public static PluginDescriptor Read(byte[] bytes)
    {
        try
        {
            using var xml = SafeXml.Read(bytes);
            return Read(xml);
        }
        catch (XmlException e)
        {
            throw new DescriptorException($"atlassian-plugin.xml is no XML that is read here: {e.Message}", e.LineNumber, e.LinePosition);
        }
    }

    private static PluginDescriptor Read(XmlReader xml)
    {
        var plugin = new PluginDescriptor();
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var instructions = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = new List<string>();
        string? parameter = null;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                path.RemoveRange(Math.Min(xml.Depth, path.Count), Math.Max(0, path.Count - xml.Depth));
                if (xml.Depth == 0 && xml.LocalName != "atlassian-plugin")
                {
                    throw new DescriptorException("atlassian-plugin.xml does not begin with <atlassian-plugin>");
                }

                if (xml.Depth >= MaximumDepth)
                {
                    throw new DescriptorException($"atlassian-plugin.xml is deeper than {MaximumDepth} elements", (xml as IXmlLineInfo)?.LineNumber);
                }

                path.Add(xml.LocalName);
                parameter = Attribute(xml, "name");
                plugin = WithAttributes(plugin, string.Join('/', path.Skip(1)), xml);
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && xml.Depth == path.Count && xml.Value.Length <= MaximumValueLength)
            {
                var text = xml.Value.Trim();
                switch (path)
                {
                    case [_, "plugin-info", "version"]:
                        plugin = plugin with { Version = Plain(text) };
                        break;
                    case [_, "plugin-info", "param"] when parameter is not null && parameters.Count < MaximumParameters:
                        parameters.TryAdd(parameter, text);
                        break;
                    case [_, "plugin-info", "bundle-instructions", var name] when instructions.Count < MaximumParameters:
                        instructions.TryAdd(name, text);
                        break;
                }
            }
        }

        return path.Count == 0
            ? throw new DescriptorException("atlassian-plugin.xml is empty")
            : plugin with
            {
                Parameters = parameters,
                Instructions = instructions,
            };
    }

    private static PluginDescriptor WithAttributes(PluginDescriptor plugin, string path, XmlReader xml) =>
        path switch
        {
            "" => plugin with
            {
                Key = Plain(Attribute(xml, "key")),
                Name = Plain(Attribute(xml, "name")),
                PluginsVersion = int.TryParse(Attribute(xml, "plugins-version") ?? Attribute(xml, "pluginsVersion"), out var version) ? version : 1,
            },
            "plugin-info/vendor" => plugin with { Vendor = Plain(Attribute(xml, "name")), VendorUrl = Plain(Attribute(xml, "url")) },
            "plugin-info/application-version" => plugin with
            {
                MinimumHostVersion = Plain(Attribute(xml, "min")),
                MaximumHostVersion = Plain(Attribute(xml, "max")),
            },
            _ => plugin,
        };

    private static string? Attribute(XmlReader xml, string name) => xml.GetAttribute(name);

    // ${atlassian.plugin.key} is filled in by the build, which here it was not.
    private static string? Plain(string? text) =>
        text?.Trim() is { Length: > 0 and <= MaximumValueLength } plain && !plain.Contains("${", StringComparison.Ordinal) ? plain : null;
}
