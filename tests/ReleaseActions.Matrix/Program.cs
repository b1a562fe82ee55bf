return ReleaseActions.Matrix.MatrixTable.Print(Console.Out, args);
