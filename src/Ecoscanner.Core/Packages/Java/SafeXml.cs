using System.Xml;

namespace Ecoscanner.Packages.Java;

/// <summary>XML that strangers wrote: no document type, so no entity that leads out or grows, and no more characters than bytes were given.</summary>
internal static class SafeXml
{
    /// <summary>Reads it node by node; it throws <see cref="XmlException"/> where it is broken.</summary>
    public static XmlReader Read(byte[] bytes) =>
        XmlReader.Create(
            new MemoryStream(bytes),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = bytes.Length,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true,
            }
        );
}
