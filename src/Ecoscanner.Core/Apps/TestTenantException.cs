namespace Ecoscanner.Apps;

/// <summary>A test tenant's credentials that cannot be read; its message is one line and never holds a value.</summary>
public sealed class TestTenantException(string message) : Exception(message);
