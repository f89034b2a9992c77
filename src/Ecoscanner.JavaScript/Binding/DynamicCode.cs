namespace Ecoscanner.JavaScript.Binding;

/// <summary>Which scopes have code in them that may use any name that can be seen there; found when first asked for.</summary>
internal sealed class DynamicCode
{
    private readonly bool[] _isWithin;

    public DynamicCode(ScopeRecord[] scopes, int count)
    {
        _isWithin = new bool[count + 1];
        // A scope has a larger number than those around it.
        for (var scope = count; scope > 0; scope--)
        {
            _isWithin[scope] |= (scopes[scope].Marks & (ScopeMarks.Dynamic | ScopeMarks.Eval)) != 0;
            _isWithin[scopes[scope].Parent] |= _isWithin[scope];
        }
    }

    public bool IsWithin(int scope) => _isWithin[scope];
}
