namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>A <see cref="MatrixView{T}"/> that worker threads can hold. Unchecked: made from checked views only.</summary>
internal readonly unsafe struct Block(double* origin, nint rows, nint columns, nint stride)
{
    public Block(MatrixView<double> view) : this(view.Origin, view.Rows, view.Columns, view.Stride)
    {
    }

    public double* Origin => origin;

    public nint Rows => rows;

    public nint Columns => columns;

    public nint Stride => stride;

    public MatrixView<double> View => new(origin, rows, columns, stride);

    public double* Row(nint row) => origin + row * stride;

    public Block Slice(nint row, nint column, nint height, nint width) => new(origin + row * stride + column, height, width, stride);

    public void Clear()
    {
        for (nint i = 0; i < rows; i++) new Span<double>(Row(i), checked((int)columns)).Clear();
    }
}
