namespace Ecoscanner.JavaScript.Values;

/// <summary>What becomes of a value that arrives at a node. A, B and C are the numbers of the constraint.</summary>
internal enum ConstraintKind : byte
{
    /// <summary>Its member of the text A goes to B.</summary>
    Load,

    /// <summary>Its members of all names that the node B may hold go to C; the constraint stands at the object.</summary>
    LoadKeyed,

    /// <summary>As a name: the member of the object A goes to B.</summary>
    LoadByKey,

    /// <summary>As a prototype of the object C, it is asked for the member of the text A, for B.</summary>
    LoadInherited,

    /// <summary>Its prototype's prototype is asked for the member A, for B, with the node C as <c>this</c>.</summary>
    LoadSuper,

    /// <summary>Its member of the text A gets B.</summary>
    Store,

    /// <summary>Its members of all names that B may hold get C.</summary>
    StoreKeyed,

    /// <summary>As a name: the member of the object A gets B.</summary>
    StoreByKey,

    /// <summary>Reading its member of the text A calls B.</summary>
    Getter,

    /// <summary>Writing its member of the text A calls B.</summary>
    Setter,

    /// <summary>It is called, as the call A says.</summary>
    Call,

    /// <summary>As a method or accessor, it is called as the call A says, with the object B as <c>this</c>.</summary>
    CallOn,

    /// <summary>As a constructor of a class above, it works on <c>this</c> of the call A.</summary>
    Construct,

    /// <summary>The class A extends it.</summary>
    Extend,

    /// <summary>What it yields goes to A: item B, or any where that is -1. C is how: see the constants of iteration.</summary>
    Iterate,

    /// <summary>It is an iterator: what it yields goes to A. C is as of <see cref="Iterate"/>.</summary>
    Drain,

    /// <summary>The names of its members go to A.</summary>
    Keys,

    /// <summary>What the promise comes to goes to A; the rejection to B.</summary>
    Await,

    /// <summary>All its members but those of the list A go to the object B; C is the number of the module of the list.</summary>
    CopyMembers,

    /// <summary>As an object, it gets all members of the object A but those of the list B of the module C.</summary>
    CopyMembersTo,

    /// <summary>As something that yields promises: what they come to are the items of the array A.</summary>
    CopyAwaited,

    /// <summary>All its members, whatever their names, go to A.</summary>
    LoadAll,

    /// <summary>All that it has as items goes to A.</summary>
    LoadItems,

    /// <summary>The external function A calls it, as it was its argument B, or is in that one; C is the node of what the function is a method of.</summary>
    CallBack,

    /// <summary>Code that is not known gets it.</summary>
    Escape,

    /// <summary>It is an operand of the operation A.</summary>
    Operand,

    /// <summary>It becomes a prototype of the object A.</summary>
    Inherit,

    /// <summary>As the settled value of a promise: what it comes to, as for <see cref="Await"/>, is put in A.</summary>
    Settle,

    /// <summary>As a promise, it comes to what is in the node A.</summary>
    SettleWith,

    /// <summary>Its items go to A, where it is an array; else it does itself.</summary>
    Flatten,

    /// <summary>As a function, it is bound as the call A says; the result goes to its target.</summary>
    Bind,

    /// <summary>As a name: reading the member of that name of what is in A calls what is in B; writing, where C is 1.</summary>
    AccessorByKey,

    /// <summary>As an object, its member of the text A is what is in B, whatever setters there are.</summary>
    Define,

    /// <summary>As a name: the member of that name of what is in A is as the descriptor in B says.</summary>
    DefineNamed,

    /// <summary>Its members are descriptors of members of what is in A.</summary>
    DefineMembers,

    /// <summary>It is what reading the member of the text B of what is in A calls; writing, where C is 1.</summary>
    DefineAccessor,

    /// <summary>It becomes a text or a number by its own methods, which come to A.</summary>
    Convert,

    /// <summary>As a method of the program's that makes a text or a number of the object B, it is called for A.</summary>
    CallConversion,

    /// <summary>As <see cref="CallOn"/>, where it is a function of the program.</summary>
    CallThen,

    /// <summary>Its method of the text A is called, as the call B says.</summary>
    Invoke,

    /// <summary>It is the handler of the proxy B, which the call A calls.</summary>
    Trap,

    /// <summary>The symbol that is registered under it goes to A.</summary>
    RegisteredSymbol,

    /// <summary>As a name: what the object in A keeps under the text C and that name goes to B.</summary>
    LoadUnder,

    /// <summary>As a name: what the object in A keeps under the text C and that name may be what is in B.</summary>
    StoreUnder,

    /// <summary>As a component, it is called as the call A says.</summary>
    CallElement,
}
