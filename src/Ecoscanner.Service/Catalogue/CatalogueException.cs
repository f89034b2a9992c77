namespace Ecoscanner.Service.Catalogue;

/// <summary>What was given cannot stand in the catalogue; the message says what, where and the way out.</summary>
public sealed class CatalogueException(string message) : Exception(message);
