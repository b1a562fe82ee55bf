// Nothing to run: this project is there to publish the programs together, and a published project needs an entry of its own.
return 0;
